using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace TestWorker;

internal sealed class Pages(Behaviour behaviour, TestFolder folder)
{
    private static readonly byte[] Block = new byte[64 * 1024];

    [Function("Echo")]
    public async Task<IActionResult> EchoAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "api/echo/{*path}")] HttpRequest request,
        string? path,
        FunctionContext context
    )
    {
        using var reader = new StreamReader(request.Body);
        request.HttpContext.Response.Headers["X-Answer"] = "42";
        await behaviour.RunAsync(context, path, path, request.HttpContext.RequestAborted);
        return new JsonResult(
            new
            {
                method = request.Method,
                rawTarget = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget,
                url = request.GetEncodedUrl(),
                path,
                headers = request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()),
                body = await reader.ReadToEndAsync(),
            }
        )
        {
            StatusCode = StatusCodes.Status201Created,
        };
    }

    [Function("Keyed")]
    public IActionResult Keyed([HttpTrigger(AuthorizationLevel.Function, "get", "post", Route = "api/keyed")] HttpRequest request) =>
        new OkObjectResult(request.Method);

    /// <summary>
    /// Its route is hidden by one of <see cref="Keyed"/>'s kind whose name sorts before: real hosts take the first match.
    /// </summary>
    [Function("Zebra")]
    public IActionResult Zebra([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "catch/zebra")] HttpRequest request) =>
        new OkObjectResult(request.Path.Value);

    [Function("catchAll")]
    public IActionResult CatchAll([HttpTrigger(AuthorizationLevel.Function, "get", Route = "catch/{*rest}")] HttpRequest request) =>
        new OkObjectResult(request.Path.Value);

    [Function("Nothing")]
    public IActionResult Nothing(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/nothing/{status:int}")] HttpRequest request,
        int status
    ) => new StatusCodeResult(status);

    /// <summary>The second part comes only once the test has seen the first.</summary>
    [Function("TwoParts")]
    public async Task TwoPartsAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/two-parts")] HttpRequest request)
    {
        var response = request.HttpContext.Response;
        await response.WriteAsync("first");
        await response.Body.FlushAsync();
        await folder.WaitForAsync("seen-first", request.HttpContext.RequestAborted);
        await response.WriteAsync("second");
    }

    [Function("Blocks")]
    public async Task BlocksAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/blocks/{count:int}")] HttpRequest request,
        int count
    )
    {
        for (var i = 0; i < count; i++)
        {
            await request.HttpContext.Response.Body.WriteAsync(Block);
        }
    }

    [Function("Upload")]
    public async Task<IActionResult> UploadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/upload")] HttpRequest request
    )
    {
        var buffer = new byte[64 * 1024];
        long total = 0;
        while (await request.Body.ReadAsync(buffer) is > 0 and var read)
        {
            total += read;
            folder.Write("uploaded", $"{total}");
        }

        return new OkObjectResult(total);
    }
}
