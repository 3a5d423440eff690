using System.Collections.Concurrent;
using System.Diagnostics;

namespace Serverless.Imaging.Decoders;

/// <summary>
/// The app running as a decoder: answers requests one by one, and ends with its parent. A picture may crash it, exhaust its memory or keep
/// it busy forever; the app then kills it and continues.
/// </summary>
internal static class DecoderHost
{
    /// <summary>The smallest possible PNG, to load everything before the first picture.</summary>
    private const string OnePixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

    public static int Run()
    {
        DecoderSurroundings.IgnoreStopSignals();
        using var input = Console.OpenStandardInput();
        using var output = Console.OpenStandardOutput();
        DecoderSurroundings.KeepOthersFromStandardOutput();
        using var requests = new BlockingCollection<(DecoderRequest Request, byte[] Bytes)>();
        new Thread(() => Work(requests, output)) { IsBackground = true, Name = "Decode" }.Start();

        // Read on a separate thread, so that the end of the app is noticed while decoding.
        while (DecoderProtocol.Receive<DecoderRequest>(input) is { } request)
        {
            requests.Add((request, DecoderProtocol.Payload(input, request.Length)));
        }

        Process.GetCurrentProcess().Kill();
        return 0;
    }

    private static void Work(BlockingCollection<(DecoderRequest Request, byte[] Bytes)> requests, Stream output)
    {
        var codec = DecoderSurroundings.Codec();
        var picture = new OpenPicture(codec, Convert.FromBase64String(OnePixel), ImageFormat.Png);
        _ = picture.Header();
        _ = picture.Decode(1);
        DecoderSurroundings.LimitMemory();
        foreach (var (request, bytes) in requests.GetConsumingEnumerable())
        {
            if (request.Operation == DecoderOperation.Open)
            {
                picture = new OpenPicture(codec, bytes, request.Format);
            }

            var before = Environment.CpuUsage.TotalTime;
            var (reply, payload) = picture.Answer(request);
            var used = Environment.CpuUsage.TotalTime - before;
            DecoderProtocol.Send(output, reply with { ProcessorTicks = used.Ticks, Length = payload.Length }, payload);
        }
    }
}
