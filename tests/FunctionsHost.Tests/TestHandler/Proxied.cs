using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;

namespace TestHandler;

/// <summary>What HTTP functions lead to.</summary>
internal static class Proxied
{
    private static readonly byte[] Block = new byte[64 * 1024];

    public static void MapProxied(this WebApplication app, TestFolder folder)
    {
        app.Map("/api/echo/{*path}", (Delegate)EchoAsync);
        app.MapGet("/api/environment", () => Environment.GetEnvironmentVariables());
        app.MapGet("/api/two-parts", (HttpContext context) => TwoPartsAsync(context, folder));
        app.MapGet("/api/blocks/{count:int}", BlocksAsync);
        app.MapPost("/api/upload", (Delegate)((HttpContext context) => UploadAsync(context, folder)));
        app.MapGet("/ui/{*path}", () => Results.Text("the page", "text/html"));
    }

    private static async Task<IResult> EchoAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        context.Response.Headers["X-Answer"] = "42";
        return Results.Json(
            new
            {
                method = context.Request.Method,
                rawTarget = context.Features.Get<IHttpRequestFeature>()!.RawTarget,
                url = context.Request.GetEncodedUrl(),
                headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()),
                body = await reader.ReadToEndAsync(),
            },
            statusCode: StatusCodes.Status201Created);
    }

    /// <summary>The second part comes only once the test has seen the first.</summary>
    private static async Task TwoPartsAsync(HttpContext context, TestFolder folder)
    {
        await context.Response.WriteAsync("first");
        await context.Response.Body.FlushAsync();
        await folder.WaitForAsync("seen-first");
        await context.Response.WriteAsync("second");
    }

    private static async Task BlocksAsync(int count, HttpContext context)
    {
        for (var i = 0; i < count; i++)
        {
            await context.Response.Body.WriteAsync(Block);
        }
    }

    private static async Task<IResult> UploadAsync(HttpContext context, TestFolder folder)
    {
        var buffer = new byte[64 * 1024];
        long total = 0;
        while (await context.Request.Body.ReadAsync(buffer) is > 0 and var read)
        {
            total += read;
            folder.Write("uploaded", $"{total}");
        }

        return Results.Text($"{total}");
    }
}
