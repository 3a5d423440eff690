using System.Net;
using System.Text.Json;

namespace FunctionsHost.Handler;

/// <summary>Judges the handler's reply: a 2xx with a JSON object is success, everything else a failed attempt.</summary>
internal sealed record InvocationReply(string? Failure, IReadOnlyList<string> Logs)
{
    private const int MaxQuoted = 300;

    public static InvocationReply Judge(HttpStatusCode status, string? mediaType, string body)
    {
        if ((int)status is < 200 or > 299)
        {
            return Failed($"the handler answered {(int)status}{Quote(body)}");
        }

        if (string.IsNullOrWhiteSpace(body))
        {
            return Failed("the handler answered with an empty body (in Azure the invocation would hang until functionTimeout); "
                + """reply {"Outputs":{},"Logs":[],"ReturnValue":null}""");
        }

        if (mediaType?.Equals("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            return Failed($"the handler answered with the content type '{mediaType}' instead of application/json");
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind switch
            {
                JsonValueKind.Object => new InvocationReply(null, ReadLogs(document.RootElement)),
                JsonValueKind.Null => Failed("the handler answered null (in Azure the invocation would hang until functionTimeout)"),
                _ => Failed($"the handler answered with JSON that is not an object{Quote(body)}"),
            };
        }
        catch (JsonException)
        {
            return Failed($"the handler answered with something that is not JSON{Quote(body)}");
        }
    }

    private static InvocationReply Failed(string reason) => new(reason, []);

    private static string[] ReadLogs(JsonElement reply) =>
        [.. from property in reply.EnumerateObject()
            where property.Name.Equals(nameof(Logs), StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind == JsonValueKind.Array
            from line in property.Value.EnumerateArray()
            select line.ToString()];

    private static string Quote(string body)
    {
        var line = body.ReplaceLineEndings(" ").Trim();
        return line.Length switch
        {
            0 => "",
            > MaxQuoted => $": {line[..MaxQuoted]}…",
            _ => $": {line}",
        };
    }
}
