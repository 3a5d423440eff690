namespace Serverless.Imaging.Decoders;

/// <summary>
/// How long a caller waits for its turn. Queued work waits as long as it takes: a full decoder is not the picture's fault.
/// </summary>
internal sealed record DecodeTimeout(TimeSpan Longest, CancellationToken Cancellation = default)
{
    public static DecodeTimeout Unlimited { get; } = new(Timeout.InfiniteTimeSpan);

    /// <summary>For interactive requests.</summary>
    public static DecodeTimeout Interactive(CancellationToken cancellation) => new(TimeSpan.FromSeconds(20), cancellation);

    public Deadline Begin() =>
        new(this, Longest == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)Longest.TotalMilliseconds);

    /// <summary>One deadline for all of a picture's waits.</summary>
    internal readonly record struct Deadline(DecodeTimeout Wait, long At)
    {
        public CancellationToken Cancellation => Wait.Cancellation;

        /// <summary>Milliseconds for one wait; -1 for no limit.</summary>
        /// <exception cref="DecodersBusyException">The time is up.</exception>
        /// <exception cref="OperationCanceledException">The caller no longer waits.</exception>
        public int Left()
        {
            Cancellation.ThrowIfCancellationRequested();
            if (At == long.MaxValue)
            {
                return Timeout.Infinite;
            }

            var left = At - Environment.TickCount64;
            return left > 0 ? (int)Math.Min(left, int.MaxValue) : throw new DecodersBusyException(Wait.Longest);
        }
    }
}
