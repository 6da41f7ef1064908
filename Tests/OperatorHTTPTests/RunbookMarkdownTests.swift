import Testing

@testable import OperatorHTTP

@Suite("Runbook Markdown")
struct RunbookMarkdownTests {
    /// Markdown and the HTML that it becomes.
    struct Row: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let markdown: String
        let html: String

        init(_ name: String, _ markdown: String, _ html: String) {
            testDescription = name
            self.markdown = markdown
            self.html = html
        }
    }

    @Test(
        "blocks and text become elements",
        arguments: [
            Row("nothing", "", ""),
            Row("headings", "# A\n## B `c`\n", "<h1>A</h1>\n<h2>B <code>c</code></h2>\n"),
            Row("seven signs are no heading", "####### A\n", "<p>####### A</p>\n"),
            Row("a paragraph of two lines, and another", "a\nb\n\nc\n", "<p>a\nb</p>\n<p>c</p>\n"),
            Row("code as it is", "```\n# a\n\n  - b `c`\n```\n", "<pre><code># a\n\n  - b `c`\n</code></pre>\n"),
            Row("code without an end", "```\na", "<pre><code>a\n</code></pre>\n"),
            Row("a list", "- a\n- b\n  c\n", "<ul>\n<li>a\n</li>\n<li>b\nc\n</li>\n</ul>\n"),
            Row("a list after a paragraph", "a:\n- b\n", "<p>a:</p>\n<ul>\n<li>b\n</li>\n</ul>\n"),
            Row("numbers", "9. a\n10. b\n    c\n", "<ol>\n<li>a\n</li>\n<li>b\nc\n</li>\n</ol>\n"),
            Row(
                "code in an item",
                "1. a\n\n   ```\n   b\n     c\n   ```\n\n2. d\n\ne\n",
                "<ol>\n<li>a\n<pre><code>b\n  c\n</code></pre>\n</li>\n<li>d\n</li>\n</ol>\n<p>e</p>\n"
            ),
            Row(
                "a list in an item",
                "1. a:\n\n   - b\n   - c\n",
                "<ol>\n<li>a:\n<ul>\n<li>b\n</li>\n<li>c\n</li>\n</ul>\n</li>\n</ol>\n"
            ),
            Row("two kinds of lists", "- a\n1. b\n", "<ul>\n<li>a\n</li>\n</ul>\n<ol>\n<li>b\n</li>\n</ol>\n"),
            Row("a link to a page", "see [A b](FlowStalled.md).", "<p>see <a href=\"FlowStalled\">A b</a>.</p>\n"),
            Row("a link to the web", "[a](https://b/?c&d)", "<p><a href=\"https://b/?c&amp;d\">a</a></p>\n"),
        ]
    )
    func elements(_ row: Row) {
        #expect(RunbookMarkdown(row.markdown).html == row.html)
    }

    @Test(
        "nothing in a page is markup of its own, nor a way to a script",
        arguments: [
            Row("an element", "<script>a</script>", "<p>&lt;script&gt;a&lt;/script&gt;</p>\n"),
            Row("in code", "`<b>&'\"`", "<p><code>&lt;b&gt;&amp;&#39;&quot;</code></p>\n"),
            Row("in a block of code", "```\n</code>&amp;\n```", "<pre><code>&lt;/code&gt;&amp;amp;\n</code></pre>\n"),
            Row("in a heading", "# <i>", "<h1>&lt;i&gt;</h1>\n"),
            Row("a script", "[a](javascript:b.md)", "<p>[a](javascript:b.md)</p>\n"),
            Row("another folder", "[a](../b.md)", "<p>[a](../b.md)</p>\n"),
            Row("out of an attribute", "[a](http://b\"c)", "<p><a href=\"http://b&quot;c\">a</a></p>\n"),
            Row("half a link, half of code", "[a](b `c [d]", "<p>[a](b `c [d]</p>\n"),
        ]
    )
    func escaping(_ row: Row) {
        #expect(RunbookMarkdown(row.markdown).html == row.html)
    }

    @Test(
        "every page of the binary becomes blocks, with no Markdown left over", arguments: RunbookLibrary.embedded.pages)
    func pages(_ page: Runbook) {
        let html = RunbookMarkdown(page.text).html
        #expect(html.hasPrefix("<h1>\(page.name)</h1>\n<h2>Meaning</h2>\n<p>"))
        for remnant in ["```", "](", "<p>#", "<p>- ", "**"] {
            #expect(!html.contains(remnant), "\(page.name) has \(remnant)")
        }
    }
}
