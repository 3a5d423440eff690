using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Serverless.Hosting.Isolated;

/// <summary>Takes the place of Kestrel: listens nowhere, and runs the app's pipeline on requests that somebody else has received.</summary>
internal sealed class PipelineServer(IServiceScopeFactory scopes) : IServer
{
    private Func<IFeatureCollection, Task> process = _ => throw new InvalidOperationException("The app has not started yet.");

    public IFeatureCollection Features { get; } = new FeatureCollection();

    public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        process = async features =>
        {
            var context = application.CreateContext(features);
            try
            {
                await application.ProcessRequestAsync(context);
                application.DisposeContext(context, null);
            }
            catch (Exception exception)
            {
                application.DisposeContext(context, exception);
                throw;
            }
        };
        return Task.CompletedTask;
    }

    public async Task ProcessAsync(IFeatureCollection request)
    {
        // The worker has routed the request to a function; the app routes it anew, with services of its own.
        await using var scope = scopes.CreateAsyncScope();
        var own = new FeatureCollection(request);
        own.Set<IEndpointFeature>(new Unrouted());
        own.Set<IRouteValuesFeature>(new RouteValuesFeature());
        own.Set<IServiceProvidersFeature>(new OwnServices { RequestServices = scope.ServiceProvider });
        await process(own);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
    }

    private sealed class Unrouted : IEndpointFeature
    {
        public Endpoint? Endpoint { get; set; }
    }

    private sealed class OwnServices : IServiceProvidersFeature
    {
        public required IServiceProvider RequestServices { get; set; }
    }
}
