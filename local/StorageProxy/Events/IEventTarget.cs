namespace StorageProxy.Events;

internal interface IEventTarget
{
    /// <summary>Returns once the event is stored safely.</summary>
    /// <exception cref="Exception">The delivery failed and must be retried.</exception>
    Task TellAsync(GridEvent @event, CancellationToken cancellation);
}
