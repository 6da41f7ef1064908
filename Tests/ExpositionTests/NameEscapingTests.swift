import Exposition
import Testing

@Suite("NameEscaping")
struct NameEscapingTests {
    @Test(
        "metric names become what prometheus/common makes of them",
        arguments: [
            ("up", "up", "up", "up"),
            ("a_b", "a_b", "a__b", "a_b"),
            ("a:b", "a:b", "a:b", "a:b"),
            ("http.status:sum", "http_status:sum", "http_dot_status:sum", "U__http_2e_status:sum"),
            ("some.name_x", "some_name_x", "some_dot_name__x", "U__some_2e_name__x"),
            ("label with 😱", "label_with__", "label__with____", "U__label_20_with_20__1f631_"),
            ("1up", "_up", "__up", "U___31_up"),
            ("花火", "__", "____", "U___82b1__706b_"),
            ("e\u{301}", "e_", "e__", "U__e_301_"),
        ])
    func metricNames(name: String, underscores: String, dots: String, values: String) {
        #expect(NameEscaping.allowUTF8.metricName(name) == name)
        #expect(NameEscaping.underscores.metricName(name) == underscores)
        #expect(NameEscaping.dots.metricName(name) == dots)
        #expect(NameEscaping.values.metricName(name) == values)
    }

    @Test("a label's name has no colon")
    func labelNames() {
        #expect(NameEscaping.underscores.labelName("a:b") == "a_b")
        #expect(NameEscaping.dots.labelName("a:b") == "a__b")
        #expect(NameEscaping.values.labelName("a:b") == "U__a_3a_b")
        #expect(NameEscaping.values.labelName("__name__") == "__name__")
    }
}
