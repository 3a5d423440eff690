using System.Text.Json;

namespace TestHandler;

/// <summary>POST /&lt;FunctionName&gt;: records the request, then answers as the test wishes.</summary>
internal static class Triggers
{
    private static int _count;
    private static int _running;

    public static async Task<IResult> HandleAsync(string function, TestFolder folder, HttpContext context)
    {
        Interlocked.Increment(ref _running);
        try
        {
            return await AnswerAsync(function, folder, context);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public static IResult Unexpected(HttpContext context) =>
        Results.Text($"unexpected {context.Request.Path}", statusCode: StatusCodes.Status418ImATeapot);

    private static async Task<IResult> AnswerAsync(string function, TestFolder folder, HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        Record(function, folder, context, await reader.ReadToEndAsync());
        var mode = folder.Mode(function).Split(':');
        switch (mode[0])
        {
            case "ok":
                return Results.Json(new { Outputs = new { unknown = "ignored" }, Logs = new[] { $"{function} was here" }, ReturnValue = (string?)null });
            case "fail":
                return Results.Problem("no luck", statusCode: 500);
            case "empty":
                return Results.Ok();
            case "null":
                return Results.Text("null", "application/json");
            case "text":
                return Results.Text("{}", "text/plain");
            case "broken":
                return Results.Text("{\"Outputs\":", "application/json");
            case "crash":
                Environment.Exit(7);
                return Results.Empty;
            case "wait":
                await folder.WaitForAsync(mode[1]);
                return Results.Json(new { Outputs = new { } });
            default:
                throw new InvalidOperationException($"unknown mode {mode[0]}");
        }
    }

    private static void Record(string function, TestFolder folder, HttpContext context, string body)
    {
        var number = Interlocked.Increment(ref _count);
        folder.Write(
            $"call-{function}-{Environment.TickCount64:D12}-{Environment.ProcessId}-{number:D6}",
            JsonSerializer.Serialize(new
            {
                Method = context.Request.Method,
                Headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()),
                Body = body,
                Running = Volatile.Read(ref _running),
            }));
    }
}
