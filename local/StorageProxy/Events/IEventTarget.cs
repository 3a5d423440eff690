namespace StorageProxy.Events;

internal interface IEventTarget
{
    /// <summary>Returns once the event is in safe hands.</summary>
    /// <exception cref="Exception">It is not: it has to be told again.</exception>
    Task TellAsync(GridEvent @event, CancellationToken cancellation);
}
