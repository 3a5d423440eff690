namespace FunctionsHost;

/// <summary>Something that waits for events and invokes functions until the host stops.</summary>
internal interface IListener
{
    /// <param name="stopping">Take on nothing new, and finish what is running.</param>
    /// <param name="abandoned">The wait for what is running is over.</param>
    Task RunAsync(CancellationToken stopping, CancellationToken abandoned);
}
