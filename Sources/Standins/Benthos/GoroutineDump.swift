import Standins

/// What a Go program writes about its goroutines: the beginning, for those who look for it.
enum GoroutineDump {
    /// Of Go's runtime at SIGQUIT.
    case quit
    /// Of Go's profiler, as benthos writes it when it gives up on a resource.
    case profile

    /// The text, without a final line feed.
    var text: String {
        switch self {
        case .quit:
            """
            SIGQUIT: quit
            PC=0x497041 m=0 sigcode=0

            goroutine 0 gp=0x23b0f00 m=0 mp=0x23b3260 [idle]:
            runtime.futex(0x23b33b8, 0x80, 0x0, 0x0, 0x0, 0x0)

            goroutine 1 gp=0x340cd2a841e0 m=nil [select]:
            runtime.gopark(0x340cd322ec80?, 0x4?, 0xa0?, 0xe9?, 0x340cd322ec20?)

            rax    0xca
            """
        case .profile:
            """
            goroutine profile: total 2
            1 @ 0x48dace 0x469f65 0xb6cfa9
            #	0x469f64	runtime.selectgo+0xaa4	select.go:351

            1 @ 0x48dace 0x497041
            #	0x497040	runtime.goexit+0x0	asm_amd64.s:1700
            """
        }
    }
}
