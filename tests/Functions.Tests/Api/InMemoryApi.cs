using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Hosting;
using Serverless.Startup;

namespace Functions.Tests.Api;

/// <summary>The endpoints of the app without storage, index or host: for what is answered before any of them is asked.</summary>
internal sealed class InMemoryApi : IAsyncDisposable
{
    private readonly WebApplication app;

    public InMemoryApi(params (string Name, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        foreach (var (name, value) in settings)
        {
            builder.Configuration[name] = value;
        }

        builder.AddApp();
        app = builder.Build();
        app.Services.GetRequiredService<Readiness>().Complete();
    }

    public async Task<(HttpResponse Response, byte[] Body)> SendAsync(
        string method,
        string path,
        params (string Name, string Value)[] headers
    )
    {
        using var body = new MemoryStream();
        await using var scope = app.Services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        var parts = path.Split('?', 2);
        (context.Request.Method, context.Request.Path, context.Request.Scheme) = (method, parts[0], "http");
        context.Request.QueryString = parts.Length == 2 ? new QueryString($"?{parts[1]}") : default;
        foreach (var (name, value) in headers)
        {
            context.Request.Headers[name] = value;
        }

        context.Request.Host = new HostString("127.0.0.1", 7071);
        context.Response.Body = body;
        await app.Services.GetRequiredService<RequestPipeline>().AnswerAsync(context.Request);
        return (context.Response, body.ToArray());
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
