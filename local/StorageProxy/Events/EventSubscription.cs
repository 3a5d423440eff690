namespace StorageProxy.Events;

/// <summary>A subscriber and its events.</summary>
internal sealed record EventSubscription(string EventType, string Container, IEventTarget Target)
{
    public bool Takes(GridEvent @event) => @event.EventType == EventType && @event.Container == Container;
}
