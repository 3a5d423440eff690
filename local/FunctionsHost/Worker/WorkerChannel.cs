using System.Collections.Concurrent;
using System.Threading.Channels;
using FunctionsHost.Worker.Protocol;
using Grpc.Core;

namespace FunctionsHost.Worker;

/// <summary>The message stream to and from one worker. Answers are matched by content, because workers do not repeat request ids.</summary>
internal sealed class WorkerChannel
{
    private readonly Channel<StreamingMessage> outgoing = Channel.CreateUnbounded<StreamingMessage>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<FunctionLoadResponse>> loading = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<InvocationResult>> running = new();
    private readonly TaskCompletionSource connected = NewSource();
    private readonly TaskCompletionSource closed = NewSource();
    private readonly TaskCompletionSource<WorkerInitResponse> initialised = NewSource<WorkerInitResponse>();
    private readonly TaskCompletionSource<FunctionMetadataResponse> indexed = NewSource<FunctionMetadataResponse>();
    private string? lost;

    public Action<RpcLog> OnLog { get; set; } = _ => { };

    public Task Connected => connected.Task;

    public Task Closed => closed.Task;

    public Task<WorkerInitResponse> InitialiseAsync(WorkerInitRequest request)
    {
        Send(new() { WorkerInitRequest = request });
        return initialised.Task;
    }

    public Task<FunctionMetadataResponse> IndexAsync(string app)
    {
        Send(new() { FunctionsMetadataRequest = new() { FunctionAppDirectory = app } });
        return indexed.Task;
    }

    public Task<FunctionLoadResponse> LoadAsync(RpcFunctionMetadata function)
    {
        var answer = loading[function.FunctionId] = NewSource<FunctionLoadResponse>();
        Send(
            new()
            {
                FunctionLoadRequest = new() { FunctionId = function.FunctionId, Metadata = function },
            }
        );
        return answer.Task;
    }

    public async Task<InvocationResult> InvokeAsync(InvocationRequest request)
    {
        var answer = running[request.InvocationId] = NewSource<InvocationResult>();
        if (Volatile.Read(ref lost) is { } reason)
        {
            answer.TrySetResult(InvocationResult.Lost(reason));
        }

        Send(new() { InvocationRequest = request });
        try
        {
            return await answer.Task;
        }
        finally
        {
            running.TryRemove(request.InvocationId, out _);
        }
    }

    public void Cancel(string invocation) => Send(new() { InvocationCancel = new() { InvocationId = invocation } });

    public void Terminate(TimeSpan grace) =>
        Send(new() { WorkerTerminate = new() { GracePeriod = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(grace) } });

    /// <summary>Ends an invocation that will get no answer.</summary>
    public void Lose(string invocation, string reason)
    {
        if (running.TryGetValue(invocation, out var answer))
        {
            answer.TrySetResult(InvocationResult.Lost(reason));
        }
    }

    /// <summary>Ends all invocations, now and from now on.</summary>
    public void Lose(string reason)
    {
        Volatile.Write(ref lost, reason);
        foreach (var invocation in running.Keys)
        {
            Lose(invocation, reason);
        }
    }

    public async Task RunAsync(
        IAsyncStreamReader<StreamingMessage> from,
        IServerStreamWriter<StreamingMessage> to,
        CancellationToken cancellation
    )
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        connected.TrySetResult();
        var sending = SendAllAsync(to, ending.Token);
        try
        {
            while (await from.MoveNext(ending.Token))
            {
                Receive(from.Current);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException) { }
        finally
        {
            await ending.CancelAsync();
            await sending;
            closed.TrySetResult();
        }
    }

    private async Task SendAllAsync(IServerStreamWriter<StreamingMessage> to, CancellationToken ending)
    {
        try
        {
            await foreach (var message in outgoing.Reader.ReadAllAsync(ending))
            {
                await to.WriteAsync(message, ending);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException) { }
    }

    private void Receive(StreamingMessage message)
    {
        switch (message.ContentCase)
        {
            case StreamingMessage.ContentOneofCase.RpcLog:
                OnLog(message.RpcLog);
                break;
            case StreamingMessage.ContentOneofCase.WorkerInitResponse:
                initialised.TrySetResult(message.WorkerInitResponse);
                break;
            case StreamingMessage.ContentOneofCase.FunctionMetadataResponse:
                indexed.TrySetResult(message.FunctionMetadataResponse);
                break;
            case StreamingMessage.ContentOneofCase.FunctionLoadResponse
                when loading.TryGetValue(message.FunctionLoadResponse.FunctionId, out var load):
                load.TrySetResult(message.FunctionLoadResponse);
                break;
            case StreamingMessage.ContentOneofCase.InvocationResponse
                when running.TryGetValue(message.InvocationResponse.InvocationId, out var invocation):
                invocation.TrySetResult(InvocationResult.Of(message.InvocationResponse));
                break;
        }
    }

    private void Send(StreamingMessage message) => outgoing.Writer.TryWrite(message);

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static TaskCompletionSource<T> NewSource<T>() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
