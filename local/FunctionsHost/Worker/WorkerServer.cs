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
    private readonly ILoggerFactory logs;

    private WorkerServer(ILoggerFactory logs)
    {
        this.logs = logs;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder
            .WebHost.UseKestrelCore()
            .ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddRouting().AddSingleton(this);
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        web = builder.Build();
        web.MapGrpcService<Service>();
    }

    public static async Task<WorkerServer> StartAsync(ILoggerFactory logs)
    {
        var server = new WorkerServer(logs);
        await server.web.StartAsync();
        return server;
    }

    /// <summary>Starts a worker and waits until it has loaded its functions.</summary>
    /// <exception cref="WorkerException">It cannot be started, or exited before that.</exception>
    public async Task<WorkerProcess> StartWorkerAsync(WorkerStart start, CancellationToken cancellation = default)
    {
        var id = Guid.NewGuid().ToString();
        var channel = expected[id] = new WorkerChannel();
        try
        {
            var command = WorkerCommand.Load(start.App);
            var worker = WorkerProcess.Start(start, command.ToStartInfo(start, new Uri(web.Urls.Single()), id), channel, logs);
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
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await web.StopAsync(now.Token);
        await web.DisposeAsync();
    }

    private sealed class Service(WorkerServer server) : FunctionRpc.FunctionRpcBase
    {
        /// <summary>The first message names the worker; only a worker that was started here and has not connected yet is
        /// accepted.</summary>
        public override async Task EventStream(
            IAsyncStreamReader<StreamingMessage> requestStream,
            IServerStreamWriter<StreamingMessage> responseStream,
            ServerCallContext context
        )
        {
            if (
                await requestStream.MoveNext(context.CancellationToken)
                && requestStream.Current.StartStream is { } start
                && server.expected.TryRemove(start.WorkerId, out var channel)
            )
            {
                await channel.RunAsync(requestStream, responseStream, context.CancellationToken);
                return;
            }

            throw new Grpc.Core.RpcException(new Status(StatusCode.PermissionDenied, "No such worker is expected."));
        }
    }
}
