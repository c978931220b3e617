# stack_pointer.S -- the C stack pointer, which C cannot name.
#
# Asyncify saves locals, not this global; so each switch saves it.
# This file alone knows where an ABI keeps it.

	.globaltype	__stack_pointer, i32

	.globl	bide__get_sp
	.type	bide__get_sp,@function
bide__get_sp:				# uintptr_t bide__get_sp(void)
	.functype	bide__get_sp () -> (i32)
	global.get	__stack_pointer		# return sp;
	end_function
