//! Pure: messages as Go's clients send them, and the JSON of the same objects, both written by k8s.io/client-go v0.37.2.

/// The body in base64, and the object that storage keeps of it.
pub(super) const MESSAGES: [(&str, &str); 8] = [
    (
        "azhzAAoPCgJ2MRIJQ29uZmlnTWFwEnYKWQoBYRIAGgAiACoAMgA4AEIICMjxga8GEABaBQoBbBIAigE2CgFtEgZVcGRhdGUaAnYxIggIyPGBrwYQADIIRmllbGRzVjE6DwoNeyJmOmRhdGEiOnt9fUIAEgcKAWsSAnYKGgcKAWISAgD/GgUKAWUSACAAGgAiAA==",
        r#"{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"a","creationTimestamp":"2024-02-29T12:30:00Z","labels":{"l":""},"managedFields":[{"manager":"m","operation":"Update","apiVersion":"v1","time":"2024-02-29T12:30:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{}}}]},"immutable":false,"data":{"k":"v\n"},"binaryData":{"b":"AP8=","e":""}}"#,
    ),
    (
        "azhzAAoJCgJ2MRIDUG9kEuoBChMKAXASABoAIgAqADIAOANCAFAAEr0BChAKAWUSCxIJCgASBQoDMUdpEnUKAWMSACIAIgF4KgAyCgoAEAAYUCIAKgBCDwoNCgNjcHUSBgoENTAwbVIgChQSEgoAEgoIARAAGgRodHRwGgAiABAAGAAgACgAMABaGAoMGgoKBggAEFAaABIAEAAYACAAKAAwAGoAcgCAAQCIAQCQAQCiAQAaACAeMgBCAEoAUgBYAWAAaAByCCABIIDQrPMOggEAigEAmgEAwgEAyAH7//////////8BGhMKABoAIgAqADIASgBaAHIAiAEAGgAiAA==",
        r#"{"kind":"Pod","apiVersion":"v1","metadata":{"name":"p","generation":3,"deletionGracePeriodSeconds":0},"spec":{"volumes":[{"name":"e","emptyDir":{"sizeLimit":"1Gi"}}],"containers":[{"name":"c","args":["","x"],"ports":[{"containerPort":80}],"resources":{"limits":{"cpu":"500m"}},"livenessProbe":{"httpGet":{"port":"http"}},"readinessProbe":{"tcpSocket":{"port":80}}}],"terminationGracePeriodSeconds":30,"hostNetwork":true,"securityContext":{"supplementalGroups":[1,4000000000]},"priority":-5},"status":{}}"#,
    ),
    (
        "azhzAAoLCgJ2MRIFRXZlbnQSUAoRCgFlEgAaACIAKgAyADgAQgASDgoAEgAaACIAKgAyADoAGgAiACoECgASADIAOggIyPGBrwYQAEACSgBSCwiAgcisBhCAlO86YgByAHoAGgAiAA==",
        r#"{"kind":"Event","apiVersion":"v1","metadata":{"name":"e"},"involvedObject":{},"source":{},"firstTimestamp":null,"lastTimestamp":"2024-02-29T12:30:00Z","count":2,"eventTime":"2024-01-01T00:00:00.123456Z","reportingComponent":"","reportingInstance":""}"#,
    ),
    (
        "azhzAAofChZjb29yZGluYXRpb24uazhzLmlvL3YxEgVMZWFzZRIfChEKAWwSABoAIgAqADIAOABCABIKIggIgIHIrAYQABoAIgA=",
        r#"{"kind":"Lease","apiVersion":"coordination.k8s.io/v1","metadata":{"name":"l"},"spec":{"renewTime":"2024-01-01T00:00:00.000000Z"}}"#,
    ),
    (
        "azhzAAodCgdhcHBzL3YxEhJDb250cm9sbGVyUmV2aXNpb24SMAoRCgFyEgAaACIAKgAyADgAQgASGQoXeyJzcGVjIjp7IngiOlsxLG51bGxdfX0YBxoAIgA=",
        r#"{"kind":"ControllerRevision","apiVersion":"apps/v1","metadata":{"name":"r"},"data":{"spec":{"x":[1,null]}},"revision":7}"#,
    ),
    (
        "azhzAAouChdhdXRob3JpemF0aW9uLms4cy5pby92MRITU3ViamVjdEFjY2Vzc1JldmlldxIwChAKABIAGgAiACoAMgA4AEIAEhIaAXUqCwoBaxIGCgFhCgFiMgAaCAgAEgAaACAAGgAiAA==",
        r#"{"kind":"SubjectAccessReview","apiVersion":"authorization.k8s.io/v1","metadata":{},"spec":{"user":"u","extra":{"k":["a","b"]}},"status":{"allowed":false}}"#,
    ),
    (
        "azhzAAokChNkaXNjb3ZlcnkuazhzLmlvL3YxEg1FbmRwb2ludFNsaWNlEh4KEAoAEgAaACIAKgAyADgAQgASBBICCAEiBElQdjQaACIA",
        r#"{"kind":"EndpointSlice","apiVersion":"discovery.k8s.io/v1","metadata":{},"addressType":"IPv4","endpoints":[{"addresses":null,"conditions":{"ready":true}}],"ports":null}"#,
    ),
    (
        "azhzAAoYCgdhcHBzL3YxEg1EZWxldGVPcHRpb25zEhgIABIDEgE1IgpGb3JlZ3JvdW5kKgNBbGwaACIA",
        r#"{"kind":"DeleteOptions","apiVersion":"apps/v1","gracePeriodSeconds":0,"preconditions":{"resourceVersion":"5"},"propagationPolicy":"Foreground","dryRun":["All"]}"#,
    ),
];
