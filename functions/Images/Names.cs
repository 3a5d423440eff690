using System.Text.Json;

namespace Serverless.Images;

/// <summary>Enum names in JSON, the index and filters: camelCase.</summary>
internal static class Names
{
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    /// <summary>Of each flag that is set.</summary>
    public static IReadOnlyList<string> OfAll<T>(T flags)
        where T : struct, Enum => [.. Enum.GetValues<T>().Where(flag => !flag.Equals(default(T)) && flags.HasFlag(flag)).Select(Of)];
}
