using System.Text.Json.Serialization;

namespace Serverless.Hosting;

/// <summary>What the Functions host expects from a custom handler; the names are its own.</summary>
internal sealed record Reply(Dictionary<string, string> Outputs, string[] Logs, string? ReturnValue);

[JsonSerializable(typeof(Reply))]
internal sealed partial class ReplyJson : JsonSerializerContext;
