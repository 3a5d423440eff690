using System.ComponentModel.DataAnnotations;

namespace Serverless.Settings;

/// <summary>The configuration section of an options class.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SettingsSectionAttribute(string name) : Attribute
{
    public string Name => name;

    /// <summary>A setting's name in files, such as <c>Duplicates:Threshold</c>.</summary>
    public static string NameOf(ValidationContext context)
    {
        var section = (SettingsSectionAttribute?)GetCustomAttribute(context.ObjectType, typeof(SettingsSectionAttribute));
        return section is null ? context.MemberName! : $"{section.Name}:{context.MemberName}";
    }
}
