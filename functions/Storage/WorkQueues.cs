using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Serverless.Telemetry;

namespace Serverless.Storage;

/// <summary>Queue depths. The queues' own counts are approximate while messages move.</summary>
/// <param name="Waiting">Uploads, deletions and backfill pages waiting to be processed.</param>
/// <param name="Rechecks">Second looks, due now or later.</param>
/// <param name="Poisoned">Messages in poison queues.</param>
internal sealed record WorkDepth(long Waiting, long Rechecks, long Poisoned);

/// <summary>A message in a poison queue.</summary>
/// <param name="Queue">The queue that it was in.</param>
/// <param name="Id">The image's id, if the message names it.</param>
/// <param name="Path">The image's path, if the message names it.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="InsertedAt">When it was given up.</param>
/// <param name="Text">The message itself.</param>
internal sealed record PoisonMessage(string Queue, string? Id, string? Path, long Attempts, DateTimeOffset? InsertedAt, string Text);

/// <summary>
/// The functions' queues seen from outside: depths, poison messages, and resending those.
/// </summary>
internal sealed class WorkQueues(QueueServiceClient service, ImageStore store, RecheckQueue recheck)
{
    /// <summary>The Functions host's poison queue for blobs.</summary>
    private const string BlobPoison = "webjobs-blobtrigger-poison";

    private const string BlobQueuePrefix = "azure-webjobs-blobtrigger-";
    private const string PoisonSuffix = "-poison";
    private const int PeekLimit = 32;

    private static readonly string[] Own =
    [
        RecheckQueue.Name,
        BackfillQueue.Name,
        BackfillSliceQueue.Name,
        JobQueue.Name,
        DeletionQueue.Name,
        DescribeQueue.Name,
        MirrorQueue.Name,
        PartsQueue.Name,
    ];

    private static string[] PoisonQueues => [BlobPoison, .. Own.Select(name => name + PoisonSuffix)];

    public async Task<WorkDepth> DepthAsync(CancellationToken cancellation)
    {
        long waiting = await CountAsync(BackfillQueue.Name, cancellation) + await CountAsync(DeletionQueue.Name, cancellation);
        await foreach (var queue in service.GetQueuesAsync(prefix: BlobQueuePrefix, cancellationToken: cancellation))
        {
            waiting += await CountAsync(queue.Name, cancellation);
        }

        var poisoned = await Task.WhenAll(
            PoisonQueues.Select(async name =>
            {
                var messages = await CountAsync(name, cancellation);
                ImageMetrics.Poison(name, messages);
                return messages;
            })
        );
        return new WorkDepth(waiting, await CountAsync(RecheckQueue.Name, cancellation), poisoned.Sum());
    }

    /// <summary>Pictures that wait to be described.</summary>
    public Task<long> DescriptionsAsync(CancellationToken cancellation) => CountAsync(DescribeQueue.Name, cancellation);

    /// <summary>The oldest messages of each poison queue, at most 32 of each.</summary>
    public async Task<IReadOnlyList<PoisonMessage>> PoisonAsync(CancellationToken cancellation)
    {
        var messages = new List<PoisonMessage>();
        foreach (var name in PoisonQueues)
        {
            try
            {
                var peeked = await service.GetQueueClient(name).PeekMessagesAsync(PeekLimit, cancellation);
                messages.AddRange(peeked.Value.Select(message => Describe(name, message)));
            }
            catch (RequestFailedException error) when (error.ErrorCode == QueueErrorCode.QueueNotFound)
            {
                // The host creates it on demand.
            }
        }

        return messages;
    }

    /// <summary>Resends every poison message and returns their number. Each is deleted only after it was sent.</summary>
    public async Task<int> ResendAsync(CancellationToken cancellation)
    {
        var resent = 0;
        foreach (var name in PoisonQueues)
        {
            var queue = service.GetQueueClient(name);

            // Only messages from before the start: one that fails again returns and would be resent forever.
            var left = await CountAsync(name, cancellation);
            while (
                left > 0 && (await queue.ReceiveMessagesAsync(PeekLimit, cancellationToken: cancellation)).Value is { Length: > 0 } messages
            )
            {
                foreach (var message in messages)
                {
                    await SendAgainAsync(name, message.Body.ToString(), cancellation);
                    await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellation);
                    resent++;
                }

                left -= messages.Length;
            }
        }

        return resent;
    }

    private async Task SendAgainAsync(string poisonQueue, string text, CancellationToken cancellation)
    {
        if (poisonQueue != BlobPoison)
        {
            await service
                .GetQueueClient(poisonQueue[..^PoisonSuffix.Length])
                .SendMessageAsync(text, timeToLive: TimeSpan.FromSeconds(-1), cancellationToken: cancellation);
        }
        else if (PathOf(text) is { } path && path.Container == store.Images)
        {
            await recheck.SendAsync(RecheckMessage.ForPath(path), TimeSpan.Zero, cancellation);
        }
    }

    private static PoisonMessage Describe(string queue, PeekedMessage message)
    {
        var text = message.Body.ToString();
        var path = PathOf(text);
        return new PoisonMessage(queue, path?.Id ?? Member(text, "id"), path?.ToString(), message.DequeueCount, message.InsertedOn, text);
    }

    /// <summary>The path named by a blob trigger's message or a recheck.</summary>
    private static ImagePath? PathOf(string text) =>
        Member(text, "path") is { } path ? ImagePath.TryParse(path)
        : Member(text, "ContainerName") is { Length: > 0 } container && Member(text, "BlobName") is { Length: > 0 } name
            ? ImagePath.TryParse($"{container}/{name}")
        : null;

    private static string? Member(string text, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return
                document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty(name, out var value)
                && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<long> CountAsync(string name, CancellationToken cancellation)
    {
        try
        {
            return (await service.GetQueueClient(name).GetPropertiesAsync(cancellation)).Value.ApproximateMessagesCount;
        }
        catch (RequestFailedException error) when (error.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return 0;
        }
    }
}
