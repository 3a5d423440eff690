using System.Net;
using FunctionsHost.Configuration;
using FunctionsHost.Worker;

namespace FunctionsHost.Http;

/// <summary>Calls a worker's HTTP functions as the host does, without a server in between.</summary>
internal sealed class FunctionHttpHandler(WorkerProcess worker, FunctionRoutes routes) : DelegatingHandler(WorkerSockets.Create())
{
    public const string InvocationHeader = "x-ms-invocation-id";

    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    /// <summary>Sends a request to the function that matches its route; 404 if none does. No key is required.</summary>
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

        // If a function throws before it writes, its server answers an empty 200.
        return response.Content.Headers.ContentLength is not 0 || (await running).Succeeded
            ? response
            : new HttpResponseMessage(HttpStatusCode.InternalServerError) { RequestMessage = request };
    }
}
