using System.Globalization;
using Serverless.Telemetry;

namespace Serverless.Imaging.Decoders;

/// <summary>A picture to decode.</summary>
/// <param name="Pixels">Its number of pixels, or 0 if unknown.</param>
/// <param name="CheckHeader">Checks the header before decoding: a sentence to refuse it, or null to continue.</param>
internal sealed record DecodeJob(
    ReadOnlyMemory<byte> Bytes,
    ImageFormat Format,
    long Pixels,
    Func<ImageHeader, string?>? CheckHeader = null
);

/// <summary>Decodes pictures in child processes, within the limits, each in its turn.</summary>
internal sealed class PictureDecoder(ImageLimits limits, DecoderPool pool)
{
    private const int MostDeaths = 2;

    private readonly DecodeBudget budget = new(limits.MaxPixelsAtOnce);

    /// <param name="work">The operation on the open picture; repeated if the decoder dies.</param>
    /// <exception cref="UndecodableException">The file is at fault.</exception>
    /// <exception cref="DecodersBusyException">The wait timed out.</exception>
    public T Run<T>(DecodeJob job, Func<DecodeRun, ImageHeader, T> work, DecodeTimeout timeout)
    {
        var deadline = timeout.Begin();
        var pixels = job.Pixels;
        var isBackground = budget.IsLarge(pixels);
        for (var deaths = 0; ; )
        {
            // A large picture acquires its budget first, so as not to hold a decoder while it waits.
            var share = isBackground && pixels > 0 ? pixels : 0;
            if (share > 0)
            {
                budget.Acquire(share, deadline);
            }

            try
            {
                using var run = DecodeRun.Begin(pool, isBackground, limits.MaxDecodeTime, deadline);
                try
                {
                    run.Quick = DecodeRun.QuickTime(pixels);
                    var header = run.Ask(new DecoderRequest(DecoderOperation.Open, job.Format), job.Bytes.Span, out _).Header;
                    if (job.CheckHeader?.Invoke(header) is { } refusal)
                    {
                        throw new UndecodableException(refusal);
                    }

                    pixels = (long)header.Width * header.Height;
                    run.Quick = DecodeRun.QuickTime(pixels);
                    if (share == 0 && budget.IsLarge(pixels))
                    {
                        isBackground = true;
                        continue;
                    }

                    if (share == 0)
                    {
                        budget.Acquire(pixels, deadline);
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
                                $"The {job.Format.DisplayName()} image needs more memory to decode than a picture of "
                                    + $"{Count(limits.MaxPixels)} pixels may ({ImageLimits.Section}:{nameof(limits.MaxPixels)})."
                            );
                        case DecodeEnd.ToBackground:
                            isBackground = true;
                            break;
                        default:
                            if (++deaths == MostDeaths)
                            {
                                throw new UndecodableException(
                                    $"The picture crashed the decoder twice: the {job.Format.DisplayName()} file is damaged, or designed "
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
                    budget.Release(share);
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
