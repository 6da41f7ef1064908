/// How runbooks look: one column that fits a phone, large enough to be read with gloves on.
enum RunbookStyle {
    /// The style sheet.
    static let text = """
        :root {
          color-scheme: light dark;
          --text: #1b1f24; --faint: #57606a; --paper: #ffffff; --code: #f1f3f5; --line: #d0d7de; --link: #0550ae;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --text: #e6edf3; --faint: #9da7b3; --paper: #0d1117; --code: #1c232c; --line: #30363d; --link: #79b8ff;
          }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0; background: var(--paper); color: var(--text);
          font: 1.0625rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
        }
        main { max-width: 46rem; margin: 0 auto; padding: 1rem 1rem 3rem; }
        h1 { font-size: 1.6rem; line-height: 1.2; margin: 0.75rem 0 1rem; overflow-wrap: anywhere; }
        h2 { font-size: 1.2rem; margin: 2rem 0 0.5rem; padding-bottom: 0.25rem; border-bottom: 1px solid var(--line); }
        p { margin: 0.75rem 0; }
        a { color: var(--link); }
        ol, ul { padding-left: 1.5rem; }
        li { margin: 0.6rem 0; }
        code { font: 0.9em ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
        :not(pre) > code { background: var(--code); padding: 0.1em 0.3em; border-radius: 3px; overflow-wrap: anywhere; }
        pre {
          margin: 0.75rem 0; padding: 0.75rem; white-space: pre-wrap; overflow-wrap: anywhere;
          background: var(--code); border: 1px solid var(--line); border-radius: 6px;
        }
        nav { margin-bottom: 1rem; }
        nav a { display: inline-block; padding: 0.4rem 0; }
        footer { margin-top: 2.5rem; border-top: 1px solid var(--line); color: var(--faint); }
        .index { list-style: none; padding: 0; margin: 0; }
        .index li { margin: 0; padding: 0.75rem 0; border-top: 1px solid var(--line); }
        .index a { font-weight: 600; overflow-wrap: anywhere; }
        .index p { margin: 0.2rem 0 0; color: var(--faint); }

        """
}
