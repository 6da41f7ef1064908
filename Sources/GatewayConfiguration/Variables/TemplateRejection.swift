/// Why a text cannot be rendered.
package enum TemplateRejection: Error, Equatable {
    /// What is wrong and what is allowed.
    case problem(String)
    /// Something that the text needs is wrong, and that has been reported where it is written.
    case reported
}
