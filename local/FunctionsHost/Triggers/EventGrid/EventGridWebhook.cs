using System.Text.Json;
using System.Text.Json.Nodes;
using FunctionsHost.Configuration;
using FunctionsHost.Handler;
using FunctionsHost.Http;

namespace FunctionsHost.Triggers.EventGrid;

/// <summary>Where Event Grid delivers: POST /runtime/webhooks/EventGrid?functionName=NAME.</summary>
internal sealed class EventGridWebhook(IReadOnlyList<Function> functions, HandlerClient handler, FunctionKey key)
{
    public const string Route = "/runtime/webhooks/EventGrid";
    private const int MaxAttempts = 3;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(250);

    public async Task<IResult> HandleAsync(HttpContext context)
    {
        if (!key.Admits(context.Request))
        {
            return Results.Unauthorized();
        }

        var name = context.Request.Query["functionName"].ToString();
        if (functions.FirstOrDefault(function => function.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } function)
        {
            return Results.NotFound($"No function with an eventGridTrigger is called '{name}'.");
        }

        if (await ReadEventsAsync(context.Request) is not { Count: > 0 } events)
        {
            return Results.BadRequest("The body must be an event or an array of events.");
        }

        switch (context.Request.Headers["aeg-event-type"].ToString())
        {
            case "SubscriptionValidation":
                return Results.Json(new { validationResponse = (string?)events[0]["data"]?["validationCode"] });
            case "Notification":
                var accepted = true;
                foreach (var gridEvent in events)
                {
                    accepted &= await DeliverAsync(function, gridEvent, context.RequestAborted);
                }

                return accepted ? Results.Accepted() : Results.StatusCode(StatusCodes.Status500InternalServerError);
            case "Unsubscribe":
                return Results.Accepted();
            default:
                return Results.BadRequest("The header aeg-event-type must be Notification, SubscriptionValidation or Unsubscribe.");
        }
    }

    private async Task<bool> DeliverAsync(Function function, JsonObject gridEvent, CancellationToken aborted)
    {
        for (var attempt = 1; ; attempt++)
        {
            if ((await handler.InvokeAsync(EventGridInvocation.Create(function, gridEvent), aborted)).Succeeded)
            {
                return true;
            }

            if (attempt == MaxAttempts)
            {
                return false;
            }

            await Task.Delay(FirstDelay * attempt, aborted);
        }
    }

    private static async Task<IReadOnlyList<JsonObject>?> ReadEventsAsync(HttpRequest request)
    {
        try
        {
            return await JsonNode.ParseAsync(request.Body, cancellationToken: request.HttpContext.RequestAborted) switch
            {
                JsonObject single => [single],
                JsonArray many when many.All(node => node is JsonObject) => [.. many.Select(node => node!.AsObject())],
                _ => null,
            };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
