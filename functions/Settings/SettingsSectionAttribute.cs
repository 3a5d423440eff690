using System.ComponentModel.DataAnnotations;

namespace Serverless.Settings;

/// <summary>The section of the configuration that a class of options is read from.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SettingsSectionAttribute(string name) : Attribute
{
    public string Name => name;

    /// <summary>A setting as its user writes it in a file, such as <c>Duplicates:Threshold</c>.</summary>
    public static string NameOf(ValidationContext context)
    {
        var section = (SettingsSectionAttribute?)GetCustomAttribute(context.ObjectType, typeof(SettingsSectionAttribute));
        return section is null ? context.MemberName! : $"{section.Name}:{context.MemberName}";
    }
}
