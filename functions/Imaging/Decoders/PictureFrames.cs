namespace Serverless.Imaging.Decoders;

/// <summary>Decodes an accepted picture again: larger, or its frames and pages.</summary>
internal sealed class PictureFrames(PictureDecoder decoder, DecodeJob job, int count, DecodeTimeout timeout)
{
    public Pixels Picture(int shortSide) => One(DecoderOperation.Decode, shortSide);

    public Pixels Frame(int index) => One(DecoderOperation.Frame, index);

    /// <summary>In batches: no decoder is held while the caller works on one, so that callers cannot deadlock.</summary>
    public IEnumerable<Pixels> All()
    {
        for (var next = 0; next < count; )
        {
            var load = Load(next);
            if (load.Count == 0)
            {
                throw new UndecodableException($"The {job.Format.DisplayName()} file has fewer frames than it declares.");
            }

            foreach (var frame in load)
            {
                yield return frame;
            }

            next += load.Count;
        }
    }

    private IReadOnlyList<Pixels> Load(int first) =>
        decoder.Run(
            job,
            (run, _) =>
            {
                var reply = run.Ask(new DecoderRequest(DecoderOperation.Frames, job.Format, first), out var load);
                return FrameLoad.Unpack(load, reply.Frames);
            },
            timeout
        );

    private Pixels One(DecoderOperation operation, int argument) =>
        decoder.Run(
            job,
            (run, _) =>
            {
                var reply = run.Ask(new DecoderRequest(operation, job.Format, argument), out var rgb);
                return reply.Shape.With(rgb);
            },
            timeout
        );
}
