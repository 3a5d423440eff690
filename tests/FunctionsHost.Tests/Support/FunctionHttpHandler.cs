using System.Net;
using FunctionsHost.Configuration;
using FunctionsHost.Http;
using FunctionsHost.Worker;

namespace FunctionsHost.Tests.Support;

/// <summary>Calls a worker's HTTP functions as the host does, without a server in between and without keys.</summary>
internal sealed class FunctionHttpHandler(WorkerProcess worker)
    : DelegatingHandler(
        new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
        }
    )
{
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly FunctionApp app = FunctionApp.Load(worker.App);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.RequestUri!;
        var routes = new FunctionRoutes(app.Functions, app.RoutePrefix);
        if (
            worker.HttpUri is not { } server
            || routes.Match(request.Method.Method, Microsoft.AspNetCore.Http.PathString.FromUriComponent(asked.AbsolutePath))
                is not { } match
        )
        {
            return new HttpResponseMessage(HttpStatusCode.NotFound) { RequestMessage = request };
        }

        var function = match.Function;
        var invocation = new Invocation(function.Name, new() { [function.Trigger.Name] = new() { Http = new() } })
        {
            TraceParent = request.Headers.TryGetValues("traceparent", out var values) ? values.First() : "",
            Metadata = match.Values.ToDictionary(value => value.Key, value => Input.Text($"{value.Value}")),
        };
        request.Headers.TryAddWithoutValidation("x-ms-invocation-id", invocation.Id);
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
