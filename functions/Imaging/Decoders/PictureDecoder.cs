using System.Globalization;
using Serverless.Telemetry;

namespace Serverless.Imaging.Decoders;

/// <summary>A picture to be decoded.</summary>
/// <param name="Pixels">How many it has, where that is known from before; 0 where not.</param>
/// <param name="Refusal">Looks at the header before anything is decoded: a sentence, or null to go on.</param>
internal sealed record DecodeJob(ReadOnlyMemory<byte> Bytes, ImageFormat Format, long Pixels, Func<ImageHeader, string?>? Refusal = null);

/// <summary>Has pictures decoded in other processes, within the limits, each in its turn.</summary>
internal sealed class PictureDecoder(ImageLimits limits, DecoderPool pool)
{
    private const int MostDeaths = 2;

    private readonly DecodeRoom room = new(limits.MaxPixelsAtOnce);

    /// <param name="work">What to ask of the decoder that has the picture open; is asked anew where that decoder dies.</param>
    /// <exception cref="UndecodableException">The file is at fault.</exception>
    /// <exception cref="DecodersBusyException">The caller's patience ended.</exception>
    public T Run<T>(DecodeJob job, Func<DecodeRun, ImageHeader, T> work, DecodePatience patience)
    {
        var deadline = patience.Begin();
        var pixels = job.Pixels;
        var isBackground = room.IsLarge(pixels);
        for (var deaths = 0; ; )
        {
            // A large one takes its room first: it would hold a decoder while it waits.
            var share = isBackground && pixels > 0 ? pixels : 0;
            if (share > 0)
            {
                room.Take(share, deadline);
            }

            try
            {
                using var run = DecodeRun.Begin(pool, isBackground, limits.MaxDecodeTime, deadline);
                try
                {
                    run.Quick = DecodeRun.QuickTime(pixels);
                    var header = run.Ask(new DecoderRequest(DecoderOperation.Open, job.Format), job.Bytes.Span, out _).Header;
                    if (job.Refusal?.Invoke(header) is { } refusal)
                    {
                        throw new UndecodableException(refusal);
                    }

                    pixels = (long)header.Width * header.Height;
                    run.Quick = DecodeRun.QuickTime(pixels);
                    if (share == 0 && room.IsLarge(pixels))
                    {
                        isBackground = true;
                        continue;
                    }

                    if (share == 0)
                    {
                        room.Take(pixels, deadline);
                        share = pixels;
                    }

                    return work(run, header);
                }
                catch (DecoderDiedException)
                {
                    ImageMetrics.DecoderEnded(
                        run.End switch
                        {
                            DecodeEnd.TooSlow => "time",
                            DecodeEnd.TooLarge => "memory",
                            DecodeEnd.Hung => "hung",
                            DecodeEnd.ToBackground => "slow",
                            _ => "crash",
                        }
                    );
                    switch (run.End)
                    {
                        case DecodeEnd.TooSlow:
                            throw TooSlow(job.Format);
                        case DecodeEnd.TooLarge:
                            throw new UndecodableException(
                                $"The {job.Format.DisplayName()} image takes more memory to decode than a picture of "
                                    + $"{Count(limits.MaxPixels)} pixels may ({ImageLimits.Section}:{nameof(limits.MaxPixels)})."
                            );
                        case DecodeEnd.ToBackground:
                            isBackground = true;
                            break;
                        default:
                            if (++deaths == MostDeaths)
                            {
                                throw new UndecodableException(
                                    $"The picture crashed the decoder twice: the {job.Format.DisplayName()} file is damaged, or made "
                                        + "to do harm."
                                );
                            }

                            break;
                    }
                }
            }
            finally
            {
                if (share > 0)
                {
                    room.Return(share);
                }
            }
        }
    }

    private UndecodableException TooSlow(ImageFormat format) =>
        new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"The {format.DisplayName()} image takes longer to decode than the limit of {limits.MaxDecodeTime.TotalSeconds} s "
                    + $"({ImageLimits.Section}:{nameof(limits.MaxDecodeTime)})."
            )
        );

    private static string Count(long number) => number.ToString(CultureInfo.InvariantCulture);
}
