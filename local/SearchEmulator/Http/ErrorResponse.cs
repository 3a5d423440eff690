using System.Globalization;
using System.Text.Json;

namespace SearchEmulator.Http;

internal static class ErrorResponse
{
    public static async Task WriteAsync(HttpContext context, ServiceException error)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = error.Status;
        context.Response.Headers.ContentLanguage = "en";
        context.Response.Headers.CacheControl = "no-cache";
        if (error.RetryAfter is { } wait)
        {
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        await JsonResponse.WriteAsync(
            context,
            json =>
            {
                json.WriteStartObject();
                json.WriteStartObject("error");
                json.WriteString("code", error.Code);
                json.WriteString("message", error.Message);
                if (error.DetailCode is { } detail)
                {
                    json.WriteStartArray("details");
                    json.WriteStartObject();
                    json.WriteString("code", detail);
                    json.WriteString("message", DetailMessage(error.Message));
                    json.WriteEndObject();
                    json.WriteEndArray();
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }
        );
    }

    /// <summary>The detail repeats the message without the generic opening and the parameter it belongs to.</summary>
    private static string DetailMessage(string message)
    {
        const string opening = "The request is invalid. Details: ";
        if (!message.StartsWith(opening, StringComparison.Ordinal))
        {
            return message;
        }

        var rest = message[opening.Length..];
        var parameter = rest.IndexOf(" : ", StringComparison.Ordinal);
        return parameter < 0 ? rest : rest[(parameter + 3)..];
    }
}
