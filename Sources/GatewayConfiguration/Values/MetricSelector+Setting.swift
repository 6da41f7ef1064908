import MetricSelection

extension MetricSelector: SettingValue {
    package init?(_ content: ConfigurationValue.Content) {
        guard case .string(let text) = content else { return nil }
        do throws(MetricSelectorError) {
            self = try MetricSelector(text)
        } catch {
            return nil
        }
    }

    package var content: ConfigurationValue.Content { .string(description) }
}
