using System.Net;
using System.Numerics.Tensors;
using System.Text.Json;
using Serverless.Telemetry;

namespace Serverless.Embeddings.Hosted;

/// <summary>Requests vectors from a provider: rate-limited, retried within a bounded time, with the cost counted.</summary>
internal sealed class HostedClient(HostedProvider provider, HttpClient http, RequestGate gate, TimeProvider clock, Func<double> random)
    : IHostedEmbedder
{
    /// <summary>The longest vector takes about 70 KB of text.</summary>
    public const int MaxAnswerBytes = 1 << 20;

    public async Task<HostedVector> EmbedAsync(HostedInput input, bool isQuery, CancellationToken cancellation)
    {
        var schedule = new RetrySchedule(provider.Options.RetryTimeout, clock, random);
        EmbeddingUnavailableException? told = null;
        while (true)
        {
            if (!await gate.TryEnterAsync(isQuery, schedule.Remaining, cancellation))
            {
                throw told
                    ?? new EmbeddingUnavailableException(
                        $"{provider.Facts.Title} cannot be called for now: the requests per minute "
                            + "(Embedding:RequestsPerMinute) are used up, or the provider asked for a pause.",
                        mayPass: true,
                        provider.Options.RetryTimeout
                    );
            }

            try
            {
                return await AttemptAsync(input, schedule.Remaining);
            }
            catch (EmbeddingUnavailableException fault) when (fault.MayPass)
            {
                if (fault.RetryAfter is { } pause)
                {
                    gate.Pause(pause);
                }

                // If the last attempt merely ran out of time, an earlier error says more.
                told = fault.InnerException is OperationCanceledException && told is not null ? told : fault;
                if (schedule.Next(fault.RetryAfter) is not { } delay)
                {
                    throw told;
                }

                ImageMetrics.Retried(provider.Facts.Name);
                await Task.Delay(delay, clock, cancellation);
            }
        }
    }

    /// <summary>Not cancellable: a sent request is paid for, so its vector is worth keeping even if the caller is gone.</summary>
    private async Task<HostedVector> AttemptAsync(HostedInput input, TimeSpan limit)
    {
        using var timeout = new CancellationTokenSource(limit > TimeSpan.Zero ? limit : TimeSpan.Zero, clock);
        try
        {
            using var request = await provider.RequestAsync(input, timeout.Token);
            using var response = await http.SendAsync(request, timeout.Token);
            var body = await response.Content.ReadAsByteArrayAsync(timeout.Token);
            return response.StatusCode == HttpStatusCode.OK
                ? Read(input, body)
                : throw provider.Explain(input, ProviderError.Read(response, body, clock));
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new EmbeddingUnavailableException(
                $"{provider.Facts.Title} at {provider.Address} does not answer. Check Embedding:Endpoint and the network; the request "
                    + "is retried automatically.",
                mayPass: true,
                inner: error
            );
        }
    }

    private HostedVector Read(HostedInput input, byte[] body)
    {
        var usd = 0m;
        try
        {
            using var json = JsonDocument.Parse(body);
            usd = provider.CostOf(input, json.RootElement);
            if (
                provider.VectorOf(input, json.RootElement) is { ValueKind: JsonValueKind.Array } numbers
                && numbers.GetArrayLength() == provider.Dimensions
            )
            {
                var vector = new float[provider.Dimensions];
                for (var i = 0; i < vector.Length; i++)
                {
                    vector[i] = numbers[i].GetSingle();
                }

                var norm = TensorPrimitives.Norm<float>(vector);
                if (float.IsFinite(norm) && norm > 0)
                {
                    TensorPrimitives.Divide(vector, norm, vector);
                    HostedMetrics.Paid(provider.Facts.Name, usd);
                    return new HostedVector(vector, usd, 1);
                }
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            // Reported below: nothing in the answer is worth repeating.
        }

        // The vendor has counted the call, valid answer or not; an immediate retry would be paid for again.
        HostedMetrics.Paid(provider.Facts.Name, usd);
        throw new EmbeddingUnavailableException(
            $"{provider.Facts.Title} did not return a vector of {provider.Dimensions} elements from '{provider.ModelName}'. Check "
                + "that Embedding:Endpoint, Embedding:Model and Embedding:Dimensions belong together.",
            mayPass: false
        );
    }
}
