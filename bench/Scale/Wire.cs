using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Bench.Scale.Services;

namespace Bench.Scale;

/// <summary>What the clients of one worker send their requests through: instead of a network, the modelled services.</summary>
internal sealed class Wire(VirtualTime time, Account account, Processor processor, Assumptions assumptions, int shard) : HttpMessageHandler
{
    private TimeSpan counterReadAt;

    /// <summary>
    /// From reading the counter of places until moving it, of transactions that succeeded: nobody else's can succeed in between.
    /// </summary>
    public TimeSpan Placing { get; private set; }

    /// <summary>Transactions of the log that came too late.</summary>
    public int LostRaces { get; private set; }

    public int Transactions { get; private set; }

    public T Over<T>(T options)
        where T : ClientOptions
    {
        options.Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan });
        options.RetryPolicy = new Retries(time);
        options.Retry.NetworkTimeout = Timeout.InfiniteTimeSpan;
        return options;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Behind here nothing returns to the context of the app's code, so the client's continuations run within the event that ends this.
        SynchronizationContext.SetSynchronizationContext(null);
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(CancellationToken.None);
        var call = new Call(request.Method, request.RequestUri!, request.Headers, body);
        var servedAt = time.Now;
        var answer = await account.AnswerAsync(call, shard, () => servedAt = time.Now);
        NotePlaces(call, answer, servedAt);

        var kilobytes = (body.Length + Math.Min(answer.Body.Length, answer.Bytes > 0 ? answer.Bytes : int.MaxValue)) / 1024.0;
        await processor.WorkAsync(assumptions.RequestWork + (assumptions.KilobyteWork * kilobytes));
        return answer.ToMessage(request, time.GetUtcNow());
    }

    private void NotePlaces(Call call, Answer answer, TimeSpan servedAt)
    {
        if (call.Path.EndsWith("RowKey='next')", StringComparison.Ordinal))
        {
            counterReadAt = servedAt;
        }
        else if (call.Path.EndsWith("$batch", StringComparison.Ordinal) && Tables.PlaceOf(call).Table == "ImageAnnouncements")
        {
            var isDone = answer.Body.Length > 0 && Encoding.UTF8.GetString(answer.Body).Contains("HTTP/1.1 204", StringComparison.Ordinal);
            Transactions++;
            LostRaces += isDone ? 0 : 1;
            Placing += isDone ? servedAt - counterReadAt : TimeSpan.Zero;
        }
    }

    /// <summary>As the app retries: six times, after 0.2 s, then twice that, up to 8 s, with jitter. Like the clients, it keeps no context.</summary>
    private sealed class Retries(VirtualTime time) : HttpPipelinePolicy
    {
        private const int Most = 6;
        private readonly Random random = new(1);

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            for (var attempt = 0; ; attempt++)
            {
                await ProcessNextAsync(message, pipeline).ConfigureAwait(false);
                if (message.Response.Status < 500 || attempt == Most)
                {
                    return;
                }

                var delay = Math.Min(8, 0.2 * Math.Pow(2, attempt)) * (0.8 + (random.NextDouble() * 0.4));
                await time.DelayAsync(TimeSpan.FromSeconds(delay)).ConfigureAwait(false);
            }
        }
    }
}
