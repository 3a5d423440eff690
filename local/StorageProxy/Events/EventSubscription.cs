namespace StorageProxy.Events;

/// <summary>Who is told of which events.</summary>
internal sealed record EventSubscription(string EventType, string Container, IEventTarget Target)
{
    public bool Takes(GridEvent @event) => @event.EventType == EventType && @event.Container == Container;
}
