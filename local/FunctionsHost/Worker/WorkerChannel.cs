using System.Collections.Concurrent;
using System.Threading.Channels;
using FunctionsHost.Worker.Protocol;
using Grpc.Core;

namespace FunctionsHost.Worker;

/// <summary>The message stream to and from one worker, which repeats the request id of each question in its answer.</summary>
internal sealed class WorkerChannel
{
    private readonly Channel<StreamingMessage> outgoing = Channel.CreateUnbounded<StreamingMessage>(new() { SingleReader = true });
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage?>> questions = new();
    private readonly TaskCompletionSource closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool isGivenUp;

    public Action<RpcLog> OnLog { get; set; } = _ => { };

    public Task Closed => closed.Task;

    public void Send(StreamingMessage message) => outgoing.Writer.TryWrite(message);

    /// <summary>The worker's answer; null if there will be none.</summary>
    /// <param name="question">Waits for the worker to connect.</param>
    public async Task<StreamingMessage?> AskAsync(StreamingMessage question)
    {
        var answer = questions[question.RequestId] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Send(question);
        if (isGivenUp)
        {
            answer.TrySetResult(null);
        }

        try
        {
            return await answer.Task;
        }
        finally
        {
            questions.TryRemove(question.RequestId, out _);
        }
    }

    /// <summary>Ends the wait for one answer.</summary>
    public void GiveUp(string question) => Answer(question, null);

    /// <summary>Ends the wait for all answers, now and from now on.</summary>
    public void GiveUp()
    {
        isGivenUp = true;
        foreach (var question in questions.Keys)
        {
            GiveUp(question);
        }
    }

    public async Task RunAsync(
        IAsyncStreamReader<StreamingMessage> from,
        IServerStreamWriter<StreamingMessage> to,
        CancellationToken cancellation
    )
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sending = SendAllAsync(to, ending.Token);
        try
        {
            while (await from.MoveNext(ending.Token))
            {
                if (from.Current.RpcLog is { } log)
                {
                    OnLog(log);
                }
                else
                {
                    Answer(from.Current.RequestId, from.Current);
                }
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

    private void Answer(string question, StreamingMessage? answer)
    {
        if (questions.TryGetValue(question, out var waiting))
        {
            waiting.TrySetResult(answer);
        }
    }
}
