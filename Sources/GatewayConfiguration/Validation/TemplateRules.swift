/// Rules for the section `templates`.
enum TemplateRules {
    /// Reports templates that are neither a flow nor a protocol converter.
    static func check(_ tree: ConfigurationObject, problems: inout ProblemList) {
        let section = GatewaySchema.templates.field.name
        for entry in tree[GatewaySchema.templates].entries {
            guard let template = entry.value.object else { continue }
            let has = { (setting: Setting<ConfigurationObject?>) in template[setting.field.name] != nil }
            let isFlow = has(TemplateSchema.flow)
            let isConverter = has(TemplateSchema.connection) && (has(TemplateSchema.read) || has(TemplateSchema.write))
            let isPartOfConverter = ProtocolConverterSchema.parts.contains { template[$0] != nil }
            if isFlow ? isPartOfConverter : !isConverter {
                let message =
                    "a template is either a flow with the key flow alone, or a protocol converter with connection and "
                    + "dfc_read, dfc_write or both"
                problems.report(entry.value.source, section.appendingKey(entry.name), message)
            }
        }
    }
}
