using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bench.Scale.Services;

/// <summary>How rows are named and written.</summary>
internal static partial class Rows
{
    public static (string Partition, string Key) KeysOf(byte[] json)
    {
        var reader = new Utf8JsonReader(json);
        string? partition = null;
        string? key = null;
        while ((partition is null || key is null) && reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("PartitionKey"))
            {
                reader.Read();
                partition = reader.GetString();
            }
            else if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("RowKey"))
            {
                reader.Read();
                key = reader.GetString();
            }
        }

        return (partition!, key!);
    }

    /// <summary>Partition and key in an address; null for the address of a table.</summary>
    public static (string Table, string Partition, string Key)? AddressOf(string path) =>
        EntityAddress().Match(path) is { Success: true } match
            ? (match.Groups["table"].Value, Unquoted(match.Groups["partition"]), Unquoted(match.Groups["row"]))
            : null;

    /// <summary>The service answers doubles as numbers with a point, and without the type that they were sent with.</summary>
    public static byte[] WithPlainDoubles(byte[] json)
    {
        var text = Encoding.UTF8.GetString(json);
        var names = DoubleType().Matches(text).Select(match => match.Groups["name"].Value).ToHashSet();
        if (names.Count == 0)
        {
            return json;
        }

        text = DoubleType().Replace(text, "").Replace(",}", "}", StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(
            WholeNumber().Replace(text, match => names.Contains(match.Groups["name"].Value) ? $"{match.Value}.0" : match.Value)
        );
    }

    private static string Unquoted(Group text) => text.Value.Replace("''", "'", StringComparison.Ordinal);

    [GeneratedRegex(@"^/(?<table>\w+)\(PartitionKey='(?<partition>.*)',\s?RowKey='(?<row>.*)'\)$")]
    private static partial Regex EntityAddress();

    [GeneratedRegex("\"(?<name>\\w+)@odata\\.type\":\"Edm\\.Double\",?")]
    private static partial Regex DoubleType();

    [GeneratedRegex("\"(?<name>\\w+)\":-?[0-9]+(?=[,}])")]
    private static partial Regex WholeNumber();
}
