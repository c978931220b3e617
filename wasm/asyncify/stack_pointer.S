# stack_pointer.S -- the C stack pointer, which C cannot name.
#
# Asyncify saves locals, and not this global. So each switch reads it here, and
# sets it by bide_pass.set_stack, which `bide link` defines.

	.globaltype	__stack_pointer, i32

	.globl	bide__get_sp
	.type	bide__get_sp,@function
bide__get_sp:				# uintptr_t bide__get_sp(void)
	.functype	bide__get_sp () -> (i32)
	global.get	__stack_pointer		# return sp;
	end_function
