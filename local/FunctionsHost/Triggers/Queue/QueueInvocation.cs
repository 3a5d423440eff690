using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Queues.Models;
using FunctionsHost.Configuration;
using FunctionsHost.Handler;

namespace FunctionsHost.Triggers.Queue;

/// <summary>The payload of a queue trigger. The properties of a message that is a JSON object become metadata, as in Azure.</summary>
internal static class QueueInvocation
{
    /// <summary>Null where the message is not what the message encoding says.</summary>
    public static string? Decode(string body, bool base64)
    {
        if (!base64)
        {
            return body;
        }

        var bytes = new byte[body.Length];
        return Convert.TryFromBase64String(body, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    public static Invocation Create(Function function, QueueMessage message, string text)
    {
        var invocation = new Invocation(function, BindingData.Text(text), $"message {message.MessageId}")
            .With("DequeueCount", BindingData.Number(message.DequeueCount))
            .With("ExpirationTime", BindingData.Time(message.ExpiresOn))
            .With("Id", BindingData.Text(message.MessageId))
            .With("InsertionTime", BindingData.Time(message.InsertedOn))
            .With("NextVisibleTime", BindingData.Time(message.NextVisibleOn))
            .With("PopReceipt", BindingData.Text(message.PopReceipt));
        foreach (var (name, value) in Properties(text))
        {
            invocation.With(name, value);
        }

        return invocation;
    }

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Properties(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("{"))
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(text) is JsonObject message
                ? [.. from property in message
                    where property.Value is not JsonArray
                    select KeyValuePair.Create(property.Key, ToMetadata(property.Value))]
                : [];
        }
        catch (Exception e) when (e is JsonException or ArgumentException) // Malformed, or with a property that is there twice.
        {
            return [];
        }
    }

    private static JsonNode? ToMetadata(JsonNode? value) => value switch
    {
        null => BindingData.Text(""),
        JsonObject => value.DeepClone(),
        _ => value.GetValueKind() switch
        {
            JsonValueKind.True => BindingData.Text("True"),
            JsonValueKind.False => BindingData.Text("False"),
            _ => BindingData.Text(value.ToString()),
        },
    };
}
