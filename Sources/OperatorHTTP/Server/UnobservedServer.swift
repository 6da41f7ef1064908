/// An observer that takes no notice, for servers that nothing is counted of.
struct UnobservedServer: ServerObserver {
    func serves(paths: [String], other: String) {}
    func connectionOpened() {}
    func connectionClosed() {}
    func connectionRefused() {}
    func requestAnswered(path: String, status: Int) {}
    func expositionRendered(in duration: Duration) {}
    func accessRead(_ outcome: AccessOutcome) {}
}
