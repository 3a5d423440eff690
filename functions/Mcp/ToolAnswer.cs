using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using Serverless.Api;

namespace Serverless.Mcp;

/// <summary>
/// Tool results: structured content, the same as text for clients that read only text, and pictures. A refusal is passed to the model, so
/// that it can correct its call.
/// </summary>
internal sealed class ToolAnswer(IOptions<JsonOptions> json)
{
    public Task<CallToolResult> OfAsync<T>(Func<Task<T>> ask) => OfAsync(async () => (await ask(), (IReadOnlyList<ContentBlock>)[]));

    public async Task<CallToolResult> OfAsync<T>(Func<Task<(T Reply, IReadOnlyList<ContentBlock> Shown)>> ask)
    {
        try
        {
            var (reply, shown) = await ask();
            var structured = JsonSerializer.SerializeToElement(reply, json.Value.SerializerOptions);
            return new CallToolResult { StructuredContent = structured, Content = [Text(structured.GetRawText()), .. shown] };
        }
        catch (ProblemException refusal)
        {
            return Refused($"{refusal.Title} {refusal.Message}");
        }
    }

    public static CallToolResult Refused(string sentence) => new() { IsError = true, Content = [Text(sentence)] };

    private static TextContentBlock Text(string text) => new() { Text = text };
}
