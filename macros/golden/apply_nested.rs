/// A part of a [`Host`]: what is not set is not applied.
#[must_use]
#[non_exhaustive]
pub struct HostApply {
    /// How it is reached.
    host_name: <String as ::kubist::apply::Apply>::Config,
    /// The part of `certificate`.
    certificate: ::core::option::Option<
        <Option<Certificate> as ::kubist::apply::Apply>::Config,
    >,
    /// The part of `ports`.
    ports: ::core::option::Option<<Vec<Port> as ::kubist::apply::Apply>::Config>,
    /// The part of `steps`.
    steps: ::core::option::Option<Vec<Step>>,
}
const _: () = {
    use ::kubist as __kubist;
    #[automatically_derived]
    impl __kubist::apply::Apply for Host {
        type Config = HostApply;
        type Item = Self::Config;
        const KEYS: ::core::option::Option<&'static [&'static str]> = ::core::option::Option::Some(
            &["host_name"],
        );
    }
    impl HostApply {
        /// The item with these keys, of which nothing else is set yet.
        pub fn new(
            host_name: impl __kubist::apply::IntoConfig<
                <String as __kubist::apply::Apply>::Config,
            >,
        ) -> Self {
            Self {
                host_name: __kubist::apply::IntoConfig::into_config(host_name),
                certificate: ::core::option::Option::None,
                ports: ::core::option::Option::None,
                steps: ::core::option::Option::None,
            }
        }
        /// The part of `certificate`.
        fn certificate(
            mut self,
            certificate: impl __kubist::apply::IntoConfig<
                <Option<Certificate> as __kubist::apply::Apply>::Config,
            >,
        ) -> Self {
            let _ = &self.certificate;
            let _ = &self.ports;
            self.certificate = ::core::option::Option::Some(
                __kubist::apply::IntoConfig::into_config(certificate),
            );
            self
        }
        /// The part of `ports`.
        fn ports(
            mut self,
            ports: impl __kubist::apply::IntoConfig<
                <Vec<Port> as __kubist::apply::Apply>::Config,
            >,
        ) -> Self {
            let _ = &self.certificate;
            let _ = &self.ports;
            self.ports = ::core::option::Option::Some(
                __kubist::apply::IntoConfig::into_config(ports),
            );
            self
        }
        /// The part of `steps`.
        fn steps(mut self, steps: impl __kubist::apply::IntoConfig<Vec<Step>>) -> Self {
            let _ = &self.certificate;
            let _ = &self.ports;
            self.steps = ::core::option::Option::Some(
                __kubist::apply::IntoConfig::into_config(steps),
            );
            self
        }
    }
    #[automatically_derived]
    impl ::core::clone::Clone for HostApply {
        fn clone(&self) -> Self {
            Self {
                host_name: ::core::clone::Clone::clone(&self.host_name),
                certificate: ::core::clone::Clone::clone(&self.certificate),
                ports: ::core::clone::Clone::clone(&self.ports),
                steps: ::core::clone::Clone::clone(&self.steps),
            }
        }
    }
    #[automatically_derived]
    impl ::core::fmt::Debug for HostApply {
        fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
            let mut shown = f.debug_struct("HostApply");
            shown.field("host_name", &self.host_name);
            shown.field("certificate", &self.certificate);
            shown.field("ports", &self.ports);
            shown.field("steps", &self.steps);
            shown.finish()
        }
    }
    impl ::core::cmp::PartialEq for HostApply {
        fn eq(&self, other: &Self) -> bool {
            __kubist::apply::is_same(self, other)
        }
    }
    #[automatically_derived]
    impl __kubist::serde::Serialize for HostApply {
        fn serialize<__S>(
            &self,
            serializer: __S,
        ) -> ::core::result::Result<__S::Ok, __S::Error>
        where
            __S: __kubist::serde::Serializer,
        {
            use __kubist::serde::ser::SerializeMap as _;
            let mut object = __kubist::serde::Serializer::serialize_map(
                serializer,
                ::core::option::Option::None,
            )?;
            object.serialize_entry("hostName", &self.host_name)?;
            if let ::core::option::Option::Some(value) = &self.certificate {
                object.serialize_entry("certificate", value)?;
            }
            if let ::core::option::Option::Some(value) = &self.ports {
                object.serialize_entry("ports", value)?;
            }
            if let ::core::option::Option::Some(value) = &self.steps {
                object.serialize_entry("steps", value)?;
            }
            object.end()
        }
    }
    #[automatically_derived]
    impl<'de> __kubist::serde::Deserialize<'de> for HostApply {
        fn deserialize<__D>(
            deserializer: __D,
        ) -> ::core::result::Result<Self, __D::Error>
        where
            __D: __kubist::serde::Deserializer<'de>,
        {
            let mut members = <__kubist::apply::Members as __kubist::serde::Deserialize>::deserialize(
                deserializer,
            )?;
            ::core::result::Result::Ok(Self {
                host_name: members
                    .key::<
                        <String as __kubist::apply::Apply>::Config,
                        __D::Error,
                    >("hostName")?,
                certificate: members
                    .take::<
                        <Option<Certificate> as __kubist::apply::Apply>::Config,
                        __D::Error,
                    >("certificate")?,
                ports: members
                    .take::<
                        <Vec<Port> as __kubist::apply::Apply>::Config,
                        __D::Error,
                    >("ports")?,
                steps: members.take::<Vec<Step>, __D::Error>("steps")?,
            })
        }
    }
    #[automatically_derived]
    impl __kubist::apply::PartOf<Host> for HostApply {
        fn into_part(self) -> __kubist::Result<__kubist::apply::Json> {
            let _ = &self.certificate;
            let _ = &self.ports;
            __kubist::apply::to_json(&self)
        }
    }
    #[automatically_derived]
    impl __kubist::apply::PartOf<Host> for &HostApply {
        fn into_part(self) -> __kubist::Result<__kubist::apply::Json> {
            __kubist::apply::to_json(self)
        }
    }
    const _: () = {
        use __kubist::apply::check_keys;
        check_keys(
            "ports",
            &["number"],
            <<Vec<
                Port,
            > as __kubist::apply::ListOf>::Item as __kubist::apply::Apply>::KEYS,
        )
    };
};
