namespace Functions.Tests.Docs;

public sealed class SettingsTableTests
{
    [Fact]
    public void The_settings_are_described_as_in_the_code() =>
        GeneratedTable.Check(
            "settings.md",
            "settings",
            [
                "| setting | default | allowed | |",
                "|---|---|---|---|",
                .. SettingDescription
                    .All()
                    .Select(setting => $"| `{setting.Name}` | {setting.Default} | {setting.Allowed} | {setting.Text} |"),
            ]
        );

    [Fact]
    public void Every_setting_is_described() =>
        Assert.All(SettingDescription.All(), setting => Assert.True(setting.Text.Length > 0, $"{setting.Name} has no summary."));
}
