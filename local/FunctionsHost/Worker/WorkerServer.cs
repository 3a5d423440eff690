using System.Collections.Concurrent;
using System.Net;
using FunctionsHost.Worker.Protocol;
using Grpc.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace FunctionsHost.Worker;

/// <summary>The host side of the worker protocol: a gRPC server for any number of workers, on a free loopback port.</summary>
internal sealed class WorkerServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, WorkerChannel> expected = new();
    private readonly WebApplication web;

    private WorkerServer()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRouting().AddSingleton(this);
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        web = builder.Build();
        web.MapGrpcService<Service>();
    }

    public static async Task<WorkerServer> StartAsync()
    {
        var server = new WorkerServer();
        await server.web.StartAsync();
        return server;
    }

    /// <summary>Starts a worker and waits until it has loaded its functions.</summary>
    /// <exception cref="Diagnostics.HostException">It cannot be started, or exited before that.</exception>
    public async Task<WorkerProcess> StartWorkerAsync(WorkerStart start, CancellationToken cancellation = default)
    {
        var id = Guid.NewGuid().ToString();
        var channel = expected[id] = new WorkerChannel();
        try
        {
            var command = WorkerCommand.Load(start.App).ToStartInfo(start, new Uri(web.Urls.Single()), id);
            var worker = WorkerProcess.Start(start, command, channel);
            try
            {
                await worker.LoadAsync(cancellation);
                return worker;
            }
            catch
            {
                await worker.DisposeAsync();
                throw;
            }
        }
        finally
        {
            expected.TryRemove(id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await web.StopAsync(new CancellationToken(canceled: true));
        await web.DisposeAsync();
    }

    private sealed class Service(WorkerServer server) : FunctionRpc.FunctionRpcBase
    {
        /// <summary>
        /// The first message names the worker; only one that was started here and has not connected yet is accepted.
        /// </summary>
        public override async Task EventStream(
            IAsyncStreamReader<StreamingMessage> requestStream,
            IServerStreamWriter<StreamingMessage> responseStream,
            ServerCallContext context
        )
        {
            var isStarted = await requestStream.MoveNext(context.CancellationToken);
            if (!isStarted || !server.expected.TryRemove(requestStream.Current.StartStream?.WorkerId ?? "", out var channel))
            {
                throw new Grpc.Core.RpcException(new Status(StatusCode.PermissionDenied, "No such worker is expected."));
            }

            await channel.RunAsync(requestStream, responseStream, context.CancellationToken);
        }
    }
}
