import ProcessControl
import Testing

@Suite("OutputRing")
struct OutputRingTests {
    private func line(_ text: String) -> OutputLine { OutputLine(stream: .stderr, text: text) }

    @Test("it keeps the newest lines, oldest first")
    func newest() {
        let ring = OutputRing(lineLimit: 3)
        for number in 1...10 {
            ring.append(line("\(number)"), at: .zero)
            #expect(ring.last(5).count == min(number, 3))
        }
        #expect(ring.last(5).map(\.line.text) == ["8", "9", "10"])
        #expect(ring.last(2).map(\.line.text) == ["9", "10"])
        #expect(ring.last(0).isEmpty)
        #expect(ring.last(-1).isEmpty)
    }

    @Test("it is bounded in bytes, but keeps one line of any size")
    func bytes() {
        let ring = OutputRing(lineLimit: 100, byteLimit: 10)
        ring.append(line("12345"), at: .zero)
        ring.append(line("67890"), at: .zero)
        #expect(ring.last(9).count == 2)
        ring.append(line("x"), at: .zero)
        #expect(ring.last(9).map(\.line.text) == ["67890", "x"])
        ring.append(line("a line over the limit"), at: .zero)
        #expect(ring.last(9).map(\.line.text) == ["a line over the limit"])
    }

    @Test("it can be used from many tasks at once")
    func concurrent() async {
        let ring = OutputRing(lineLimit: 50)
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<100 {
                        ring.append(OutputLine(stream: .stdout, text: "x"), at: .zero)
                        _ = ring.last(10)
                    }
                }
            }
        }
        #expect(ring.last(100).count == 50)
    }
}
