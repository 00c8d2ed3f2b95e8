namespace Signaling.LoadTest.Accounting;

internal enum Arrival
{
    First,

    /// <summary>The first time, but behind a later one.</summary>
    Reordered,

    /// <summary>Not the first time.</summary>
    Duplicate,

    /// <summary>Nobody sent it here.</summary>
    Foreign,
}

internal enum Fate
{
    Received,

    /// <summary>The hub answered with an error.</summary>
    Refused,

    /// <summary>Its receiver left, or its sender did before the hub had answered: nobody can tell.</summary>
    Unaccountable,

    /// <summary>Both ends stayed, or the hub had accepted it and its receiver stayed, and it never came.</summary>
    Lost,
}
