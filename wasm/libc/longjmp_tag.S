# longjmp_tag.S -- the tag of longjmp's exceptions, which C cannot define.
#
# The compiler's code catches what is thrown under this name: an address in
# memory, see setjmp.c.

	.globl	__c_longjmp
	.tagtype	__c_longjmp i32
__c_longjmp:
