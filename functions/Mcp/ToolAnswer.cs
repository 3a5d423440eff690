using System.Text.Json;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using Serverless.Api;

namespace Serverless.Mcp;

/// <summary>
/// Answers as the HTTP API spells them, followed by pictures; a refusal is told to the model, so that it can ask otherwise.
/// </summary>
internal sealed class ToolAnswer(IOptions<JsonOptions> json)
{
    public async Task<CallToolResult> OfAsync<T>(Func<Task<(T Reply, IEnumerable<ImageContentBlock> Pictures)>> ask)
    {
        try
        {
            var (reply, pictures) = await ask();
            return new CallToolResult { Content = [Text(JsonSerializer.Serialize(reply, json.Value.SerializerOptions)), .. pictures] };
        }
        catch (Refusal refusal)
        {
            return new CallToolResult { IsError = true, Content = [Text($"{refusal.Title} {refusal.Message}")] };
        }
    }

    private static TextContentBlock Text(string text) => new() { Text = text };
}
