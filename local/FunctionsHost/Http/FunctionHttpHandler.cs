using System.Net;
using FunctionsHost.Configuration;
using FunctionsHost.Worker;

namespace FunctionsHost.Http;

/// <summary>Calls HTTP functions of a worker as the host does, without a server in between.</summary>
internal sealed class FunctionHttpHandler(WorkerProcess worker, FunctionRoutes routes) : DelegatingHandler(WorkerSockets.Create())
{
    public const string InvocationHeader = "x-ms-invocation-id";

    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Sends a request to the function that its route names, and answers 404 where there is none. No key is asked for.</summary>
    public static FunctionHttpHandler For(WorkerProcess worker) =>
        new(worker, new FunctionRoutes(worker.Functions, HostFile.Load(worker.App).RoutePrefix));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.RequestUri!;
        if (
            worker.HttpUri is not { } server
            || routes.Match(request.Method.Method, PathString.FromUriComponent(asked.AbsolutePath)) is not { } match
        )
        {
            return new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request };
        }

        var traceParent = request.Headers.TryGetValues("traceparent", out var values) ? values.First() : "";
        var invocation = match.ToInvocation(asked.Query, traceParent);
        request.Headers.TryAddWithoutValidation(InvocationHeader, invocation.Id);
        request.Headers.TryAddWithoutValidation("X-Forwarded-Host", asked.Authority);
        request.Headers.TryAddWithoutValidation("X-Forwarded-Proto", asked.Scheme);
        request.RequestUri = new Uri(server.GetLeftPart(UriPartial.Authority) + asked.PathAndQuery, in AsWritten);
        var running = worker.InvokeAsync(invocation, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);

        // A function that throws before it writes has its server answer 200 with nothing.
        return response.Content.Headers.ContentLength is not 0 || (await running).Succeeded
            ? response
            : new HttpResponseMessage(HttpStatusCode.InternalServerError) { RequestMessage = request };
    }
}
